import { runMocha } from '../mocha.ts';
import { watchForEnd } from './processes.ts';

/** Runs the test files named on the command line with Mocha; the rest comes by the environment. */
watchForEnd();
const { failures } = await runMocha({
  files: process.argv.slice(2),
  timeout: Number(process.env.SMSC_TEST_TIMEOUT ?? '10000'),
  grep: process.env.SMSC_TEST_GREP,
  color: process.stdout.isTTY,
  resultFile: process.env.SMSC_TEST_RESULT,
});
// Whatever a test left open must not keep the suite from ending.
process.exit(failures > 0 ? 1 : 0);
