import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { wsdlFor } from '../../src/smsc/contract.ts';
import { delivered } from './soap.ts';

/** Answers each POST with a report and each GET with the WSDL. */
const program = `
  const http = require('node:http');
  const { parentPort, workerData } = require('node:worker_threads');
  const server = http.createServer((request, response) => {
    request.resume().on('end', () => {
      response.setHeader('Content-Type', 'text/xml; charset=utf-8');
      response.end(request.method === 'GET' ? workerData.wsdl.replaceAll('{port}', server.address().port) : workerData.answer);
    });
  });
  server.keepAliveTimeout = 0;
  server.listen(0, '127.0.0.1', () => parentPort.postMessage(server.address().port));
`;

/** A service that does as little as can be, on a thread of its own: what it costs and keeps is not the caller's. */
export async function startFastService(): Promise<{ url: string; close: () => Promise<unknown> }> {
  const wsdl = wsdlFor('http://127.0.0.1:{port}/', 'http://127.0.0.1:{port}/');
  const worker = new Worker(program, { eval: true, workerData: { wsdl, answer: delivered } });
  const [port] = (await once(worker, 'message')) as [number];
  return { url: `http://127.0.0.1:${port}/`, close: () => worker.terminate() };
}
