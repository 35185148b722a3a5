import { compact, isMap, Mistake } from '../../core';
import { checkText, missing, wrong } from './checks';
import { PluginData, pluginData } from './plugin-data';

/** How a server of MCP tools is reached that the plugin passes calls on to. */
export enum McpTransport {
  HTTP = 'http',
  SSE = 'sse',
}

/** Options of the plugin `mcp-server`. */
export interface McpServerOptions {
  /** Name of the server. */
  readonly name: string;

  /**
   * Configuration of the server, in its own words. A `SecretText` may stand wherever text may.
   *
   * @default - none
   */
  readonly config?: any;

  /**
   * Address of a server that calls are passed on to. It makes the type `mcp-proxy`.
   *
   * @default - none: the tools are REST tools, or of a server that is part of the plugin
   */
  readonly mcpServerUrl?: string;

  /**
   * How that server is reached.
   *
   * @default - HTTP, with `mcpServerUrl`
   */
  readonly transport?: McpTransport;

  /**
   * How clients prove who they are, and the gateway to the tools: entries with `id`, `type`, `scheme` and so on, in the words of the
   * plugin.
   *
   * @default - none
   */
  readonly securitySchemes?: any[];

  /**
   * The tools: entries with `name`, `description`, `args`, `requestTemplate`, `responseTemplate` and so on, in the words of the plugin.
   *
   * @default - those of the server
   */
  readonly tools?: any[];

  /**
   * Names of the tools that may be used.
   *
   * @default - all
   */
  readonly allowTools?: string[];
}

export function mcpServer(options: McpServerOptions): PluginData {
  const { name, config, mcpServerUrl, securitySchemes, tools, allowTools } = options;
  const proxy = mcpServerUrl !== undefined;
  const mistakes: Mistake[] = checkText('server.name', name);
  if (proxy && !/^https?:\/\/[^\s/]+/.test(mcpServerUrl)) {
    mistakes.push(wrong('server.mcpServerURL', mcpServerUrl, 'is not an HTTP URL', 'write the whole URL', 'http://…, https://…'));
  }
  if (!proxy && options.transport !== undefined) mistakes.push(missing('server.mcpServerURL', 'set `mcpServerUrl`, or remove `transport`'));
  const names = (tools ?? []).map((tool) => (isMap(tool) ? tool.name : undefined));
  names.forEach((tool, index) => {
    if (typeof tool !== 'string' || tool === '') mistakes.push(missing(`tools[${index}].name`, 'name the tool'));
    else if (names.indexOf(tool) < index) mistakes.push(wrong(`tools[${index}].name`, tool, 'is given twice', 'name each tool differently'));
  });
  allowTools?.forEach((tool, index) => {
    if (!tools || names.includes(tool)) return;
    mistakes.push(wrong(`allowTools[${index}]`, tool, 'is not one of the tools', 'remove it, or add the tool', names.join(', ')));
  });
  return pluginData('mcp-server', compact({
    server: compact({
      name,
      type: proxy ? 'mcp-proxy' : undefined,
      config,
      mcpServerURL: mcpServerUrl,
      transport: proxy ? options.transport ?? McpTransport.HTTP : undefined,
      securitySchemes,
    }),
    tools,
    allowTools,
  }), { mistakes });
}
