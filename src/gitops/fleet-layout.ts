/** Which models of a fleet share a file, and what the files are called. */
export enum FleetLayout {
  /** `<namespace>.<model>`: a file for each model. */
  FILE_PER_MODEL = 'file-per-model',
  /** `<team>/<namespace>.<model>`: a file for each model, in a folder for each team, which an owner can be given. */
  FOLDER_PER_TEAM = 'folder-per-team',
  /** `<team>`: a file for each team. */
  FILE_PER_TEAM = 'file-per-team',
  /** `models`: one file for all. */
  ONE_FILE = 'one-file',
}
