import { GraphRule, RuleFamily, Severity } from '../../rule';
import { workloadsOf } from '../../views/workloads';

export const rule: GraphRule = {
  code: 'IGW1025',
  title: 'an image is no reference that a container runtime takes',
  family: RuleFamily.NAMES,
  severity: Severity.ERROR,
  symptom: 'The pods stay in InvalidImageName, and nothing is pulled. The API server takes the object.',
  breaks: 'An image is a registry, a repository in small letters, and a tag or digest. The API server does not look at it; the kubelet refuses what it cannot read.',
  source: 'distribution/reference, which the kubelet and containerd read images with',
  * check(graph) {
    for (const { object, templates } of workloadsOf(graph)) {
      for (const { path, image } of templates.flatMap(({ containers }) => containers)) {
        const fault = isFilledInLater(image) ? undefined : faultOf(image);
        if (fault) yield { object, field: [...path, 'image'], value: image, problem: `${fault.problem}: the pods stay in InvalidImageName`, fix: fault.fix };
      }
    }
  },
};

/** Templates, and tools that build images: they put a name of their own in the place of a word in capital letters, or of a path of Go. */
function isFilledInLater(image: string): boolean {
  return image === '' || /[${}<>()]|^ko:\/\//.test(image) || image.split(/[/:@]/).some((part) => /^[A-Z][A-Z0-9_]*$/.test(part));
}

const DOMAIN = /^(([a-zA-Z0-9]|[a-zA-Z0-9][a-zA-Z0-9-]*[a-zA-Z0-9])(\.([a-zA-Z0-9]|[a-zA-Z0-9][a-zA-Z0-9-]*[a-zA-Z0-9]))*|\[[a-fA-F0-9:]+\])(:[0-9]+)?$/;
const PART = /^[a-z0-9]+((\.|_|__|-+)[a-z0-9]+)*$/;
const TAG = /^[\w][\w.-]{0,127}$/;
const DIGEST = /^([A-Za-z][A-Za-z0-9]*([-_+.][A-Za-z][A-Za-z0-9]*)*):[0-9a-fA-F]{32,}$/;
/** A repository has at most 255 characters, a tag 128: with a registry and digest there is room to spare. */
const LONGEST = 1000;

interface Fault {
  readonly problem: string;
  readonly fix: string;
}

function faultOf(image: string): Fault | undefined {
  if (image.length > LONGEST) return { problem: `has ${image.length} characters`, fix: 'write the reference of the image only' };
  if (/\s/.test(image)) return { problem: 'has blanks in it', fix: `write ${image.replace(/\s+/g, '')}, for example` };
  const scheme = /^[a-z]+:\/\//.exec(image)?.[0];
  if (scheme) return { problem: `begins with ${scheme}, and an image has no scheme`, fix: `write ${image.slice(scheme.length)}` };
  const [named, digest, ...more] = image.split('@');
  if (more.length > 0 || (digest !== undefined && !isDigest(digest))) return { problem: 'has no digest after the @', fix: 'write sha256: and 64 hexadecimal digits after it, or leave it out' };
  const colon = named.lastIndexOf(':');
  const tagged = colon > named.lastIndexOf('/');
  const tag = tagged ? named.slice(colon + 1) : undefined;
  if (tag === '') return { problem: 'ends with a colon and has no tag', fix: `write the tag, or ${named.slice(0, colon)}${digest === undefined ? '' : `@${digest}`}` };
  if (tag !== undefined && !TAG.test(tag)) return { problem: `has the tag ${tag}, which is none`, fix: 'write letters, digits, _, . and -, at most 128 of them, beginning with a letter, digit or _' };
  return repositoryFault(tagged ? named.slice(0, colon) : named);
}

function isDigest(digest: string): boolean {
  return DIGEST.test(digest) && (!digest.startsWith('sha256:') || /^sha256:[0-9a-f]{64}$/.test(digest));
}

function repositoryFault(repository: string): Fault | undefined {
  const parts = repository.split('/');
  const [registry] = isRegistry(parts) ? parts.splice(0, 1) : [];
  if (registry !== undefined && !DOMAIN.test(registry)) return { problem: `has the registry ${registry}, which is no host`, fix: 'write the host of the registry, and its port after a colon' };
  const wrong = parts.find((part) => !PART.test(part));
  if (wrong === undefined) return undefined;
  if (wrong === '') return { problem: 'has a slash with nothing before or after it', fix: 'write the name of the repository, or leave the slash out' };
  const small = wrong.toLowerCase();
  return small !== wrong && PART.test(small)
    ? { problem: `has capital letters in ${wrong}, and a repository has none`, fix: `write ${small}` }
    : { problem: `has ${wrong} in its repository, which is no name`, fix: 'write small letters and digits, with ., _ or - between them' };
}

/** The first part is the host of a registry where it looks like one: with a dot, a port or a capital letter. */
function isRegistry([first, ...others]: readonly string[]): boolean {
  return others.length > 0 && (/[.:]/.test(first) || first === 'localhost' || first !== first.toLowerCase());
}
