// @ts-check
import { existsSync } from 'node:fs';
import { run } from './run.mjs';

const candidates = [
  process.env.COSELL_CHROMIUM,
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe'
];

/** The first browser that is there. */
export const findChromium = () => candidates.find((path) => path !== undefined && existsSync(path));

/**
 * Makes sure that there is a Chromium: installs Debian's package where that is possible, else fails with the command to run.
 */
export const ensureChromium = async () => {
  if (findChromium()) return;
  const aptGet = '/usr/bin/apt-get';
  if (existsSync(aptGet) && process.getuid?.() === 0) {
    process.stdout.write('Chromium is missing: installing the system package chromium …\n');
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
    await run(aptGet, ['update'], { env });
    const install = await run(aptGet, ['install', '-y', '--no-install-recommends', 'chromium', 'fonts-liberation'], {
      env
    });
    if (install.code === 0 && findChromium()) return;
    process.stdout.write(install.output.split('\n').slice(-5).join('\n'));
  }
  throw new Error(
    'The browser tests need Chromium. Install it (Debian and Ubuntu: sudo apt-get install chromium), or set COSELL_CHROMIUM to the path of a Chrome or Chromium.'
  );
};
