import { checkLabelName, checkObjectName, isHostname, Mistake } from '../../core';
import type { GatewayListener } from '../gateway-listener';
import { secretNameOf } from '../manifests/listeners';

const PORT = 'whole numbers from 1 to 65535';

/** What the Gateway's schema or its conformance suite refuses of a list of listeners. */
export function checkListeners(gatewayName: string, listeners: readonly GatewayListener[]): Mistake[] {
  return [
    ...listeners.flatMap((listener, index) => checkListener(gatewayName, listener, `spec.listeners[${index}]`)),
    ...checkDistinct(listeners),
    ...checkIssuers(listeners),
  ];
}

function checkListener(gatewayName: string, listener: GatewayListener, field: string): Mistake[] {
  const mistakes: Mistake[] = [...checkLabelName(`${field}.name`, listener.name)];
  if (!Number.isInteger(listener.port) || listener.port < 1 || listener.port > 65535) {
    mistakes.push({ code: 'IGW401', field: `${field}.port`, value: listener.port, problem: 'is not a port', allowed: PORT, fix: 'set another port' });
  }
  if (listener.hostname !== undefined && !isHostname(listener.hostname)) {
    mistakes.push({
      code: 'IGW401',
      field: `${field}.hostname`,
      value: listener.hostname,
      problem: 'is not a host name',
      allowed: 'a lower-case DNS name, with or without a leading *.',
      fix: 'remove scheme, port and path',
    });
  }
  if (listener.certificate) mistakes.push(...checkObjectName(`${field}.tls.certificateRefs[0].name`, secretNameOf(gatewayName, listener)));
  return mistakes;
}

function checkDistinct(listeners: readonly GatewayListener[]): Mistake[] {
  const mistakes: Mistake[] = [];
  const names = new Set<string>();
  const sockets = new Map<string, string>();
  const protocols = new Map<number, string>();
  listeners.forEach(({ name, port, protocol, hostname }, index) => {
    const field = `spec.listeners[${index}]`;
    if (names.has(name)) {
      const fix = 'give each listener a name of its own';
      mistakes.push({ code: 'IGW401', field: `${field}.name`, value: name, problem: 'is the name of another listener too', fix });
    }
    names.add(name);
    const socket = `${port} ${protocol} ${hostname ?? ''}`;
    if (sockets.has(socket)) {
      mistakes.push({
        code: 'IGW401',
        field,
        value: { port, protocol, hostname },
        problem: `is what listener ${sockets.get(socket)} listens on too`,
        fix: 'change the port or the hostname of one of them',
      });
    }
    sockets.set(socket, name);
    const other = protocols.get(port);
    if (other && other !== protocol) {
      const problem = `is used for ${other} and for ${protocol}`;
      mistakes.push({ code: 'IGW401', field: `${field}.port`, value: port, problem, fix: 'use one protocol for each port' });
    }
    protocols.set(port, other ?? protocol);
  });
  return mistakes;
}

function checkIssuers(listeners: readonly GatewayListener[]): Mistake[] {
  const mistakes: Mistake[] = [];
  const issuers = new Set<string>();
  listeners.forEach(({ certificate, hostname }, index) => {
    const issuedBy = certificate?.issuedBy;
    if (!issuedBy) return;
    const field = `spec.listeners[${index}]`;
    if (!issuedBy.issuer === !issuedBy.clusterIssuer) {
      mistakes.push({
        code: 'IGW401',
        field: `${field}.tls`,
        value: issuedBy,
        problem: 'must name one issuer',
        allowed: 'either clusterIssuer or issuer',
        fix: 'give exactly one of the two',
      });
    }
    if (!hostname) {
      const problem = 'is needed: cert-manager issues no certificate without a host name';
      mistakes.push({ code: 'IGW401', field: `${field}.hostname`, problem, fix: 'set `hostname`' });
    }
    issuers.add(JSON.stringify([issuedBy.clusterIssuer, issuedBy.issuer]));
  });
  if (issuers.size > 1) {
    mistakes.push({
      code: 'IGW401',
      field: 'spec.listeners',
      problem: 'name different issuers, and cert-manager takes one for each Gateway, from its annotation',
      fix: 'use one issuer, or a second InferenceGateway',
    });
  }
  return mistakes;
}
