import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';

/** A process of this machine, with its command line. */
export interface RunningProcess {
  pid: number;
  parent: number;
  args: string;
}

/** All processes, from the system's own files where it has them: a small machine may have no `ps`. None on Windows. */
export function processList(): RunningProcess[] {
  if (existsSync('/proc/self/stat')) {
    return readdirSync('/proc')
      .filter((name) => /^\d+$/.test(name))
      .flatMap(readProcess);
  }
  if (process.platform === 'win32') return [];
  const lines = execFileSync('ps', ['-A', '-o', 'pid=,ppid=,args='], { encoding: 'utf8' }).trim().split('\n');
  return lines.map((line) => {
    const [, pid, parent, args = ''] = /^\s*(\d+)\s+(\d+)\s+(.*)$/.exec(line) ?? [];
    return { pid: Number(pid), parent: Number(parent), args };
  });
}

/** Nothing for one that ended meanwhile. */
function readProcess(pid: string): RunningProcess[] {
  try {
    const args = readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
    // The name before the state may hold anything, also parentheses.
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const [, parent] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return [{ pid: Number(pid), parent: Number(parent), args }];
  } catch {
    return [];
  }
}

/** The extension hosts that descend from a process. */
export function extensionHosts(ancestor: number): number[] {
  const all = processList();
  const family = new Set([ancestor]);
  for (let before = 0; before < family.size;) {
    before = family.size;
    for (const { pid, parent } of all) if (family.has(parent)) family.add(pid);
  }
  return all
    .filter(({ pid, args }) => family.has(pid) && args.includes('--type=extensionHost'))
    .map(({ pid }) => pid);
}
