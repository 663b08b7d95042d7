// What every browser test shares: TAP, one Chromium (Debian's, without a window), temporary folders, and child
// processes that end with the test. A test file calls `run([[name, async () => …], …])`.
'use strict';
const assert = require('node:assert/strict');
const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');
const { spawn, spawnSync } = require('node:child_process');

const SOURCE = process.env.KOLOKOL_SOURCE || path.resolve(__dirname, '../..');
const BUILD = process.env.KOLOKOL_BUILD || path.join(SOURCE, 'build');
const KOLOKOL = path.join(BUILD, 'src/main/kolokol');
const CHROMIUM = '/usr/bin/chromium-headless-shell'; // the same engine without the browser's own windows
const WHOLE_CHROMIUM = '/usr/bin/chromium';

// How long a test waits for what must come, in milliseconds or in tries: sanitizers and --timeout-factor slow all down.
function patience(most) {
    return Math.ceil(most * Math.max(1, Number(process.env.KOLOKOL_TEST_PATIENCE) || 1));
}

const children = [];
const folders = [];
let browser = null;

// A folder that is removed at the end.
function temporary(name) {
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), `kolokol-${name}-`));
    folders.push(folder);
    return folder;
}

// A folder that others made, to be removed at the end.
function removeLater(folder) {
    folders.push(folder);
}

// Runs `kolokol` to its end; what it printed. A wrong exit status is a failed test with its words.
function kolokol(...args) {
    const done = spawnSync(KOLOKOL, args, { encoding: 'utf8', timeout: patience(120000) });
    assert.equal(done.status, 0, `kolokol ${args.join(' ')}: ${done.stderr || done.error || done.stdout}`);
    return done.stdout;
}

// What the demo holds when its worker has come to rest, pictures and compressed forms too. tools/run_tests names a
// folder where the first test makes it and the others find it; a test that is run by itself makes its own.
function settledDemo() {
    const folder = process.env.KOLOKOL_TEST_DEMO;
    const making = `${folder}.making`;
    for (let tries = 0; tries < patience(3000); tries++) {
        if (fs.existsSync(folder)) {
            return folder;
        }
        try {
            fs.mkdirSync(making);
        } catch (error) {
            assert.equal(error.code, 'EEXIST');
            Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 100); // another test makes it
            continue;
        }
        try {
            kolokol('init', '--demo', path.join(making, 'paper'));
            kolokol('-C', path.join(making, 'paper'), 'worker', '--until-idle');
            fs.renameSync(path.join(making, 'paper'), folder);
        } finally {
            fs.rmSync(making, { recursive: true, force: true });
        }
    }
    return assert.fail(`${folder} is not there: another test was to make it`);
}

// Makes the demo's newsroom at `newsroom` as `init --demo` does, with these settings of its own ({url, 'forms-urls'}).
function makeDemo(newsroom, settings = {}) {
    if (!process.env.KOLOKOL_TEST_DEMO) {
        kolokol('init', '--demo', ...Object.entries(settings).flatMap(([key, value]) =>
            [key === 'url' ? '--url' : '--forms-url', value]), newsroom);
        return;
    }
    fs.cpSync(settledDemo(), newsroom, { recursive: true, verbatimSymlinks: true }); // edition/current is one
    for (const [key, value] of Object.entries(settings)) {
        kolokol('-C', newsroom, 'settings', key, value);
    }
}

// Starts a program that serves; resolves with the first match of `pattern` in what it prints.
function serve(program, args, pattern, options = {}) {
    return new Promise((resolve, reject) => {
        const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'], ...options });
        children.push(child);
        let printed = '';
        const timer = setTimeout(() => reject(new Error(`${program} did not start: ${printed}`)), patience(30000));
        const read = (bytes) => {
            printed += bytes;
            const match = pattern.exec(printed);
            if (match) {
                clearTimeout(timer);
                resolve(match);
            }
        };
        child.stdout.on('data', read);
        child.stderr.on('data', read);
        child.on('exit', (status) => {
            clearTimeout(timer);
            reject(new Error(`${program} ended with ${status}: ${printed}`));
        });
    });
}

// Playwright's API on Debian's browser; a fresh context has no cookies, cache or script storage. `whole`: as readers
// have it, which is slower, for what is about the browser itself; of one test's tabs the first decides.
async function open(options = {}, whole = false) {
    if (!browser) {
        const executablePath = whole ? WHOLE_CHROMIUM : CHROMIUM;
        const { chromium } = require('playwright-core');
        const asRoot = process.getuid() === 0 ? ['--no-sandbox'] : [];
        browser = await chromium.launch({ executablePath, args: [...asRoot, '--disable-gpu', '--font-render-hinting=none'] });
    }
    const context = await browser.newContext(options);
    context.setDefaultTimeout(patience(30000));
    return context.newPage();
}

async function clear() {
    if (browser) {
        await browser.close();
    }
    for (const child of children) {
        child.removeAllListeners('exit');
        const gone = new Promise((resolve) => child.once('exit', resolve));
        if (child.exitCode === null && child.signalCode === null && child.kill('SIGTERM')) {
            await gone; // it may still write into its folder
        }
    }
    for (const folder of folders) {
        fs.rmSync(folder, { recursive: true, force: true });
    }
}

function missing() {
    if (!fs.existsSync(path.join(__dirname, 'node_modules/playwright-core'))) {
        return 'playwright-core is missing: run npm ci in tests/browser';
    }
    const absent = [CHROMIUM, WHOLE_CHROMIUM].find((program) => !fs.existsSync(program));
    return absent ? `there is no ${absent}: tools/install_packages test` : null;
}

// Runs the tests one after another and ends the process. What a test needs and is not there is a failure, not a
// skip: a suite must not be green because it did not run.
async function run(tests) {
    process.stdout.write(`1..${tests.length}\n`);
    let failed = 0;
    let number = 0;
    for (const [name, body] of tests) {
        let good = true;
        try {
            assert.equal(missing(), null);
            await body();
        } catch (error) {
            good = false;
            failed++;
            process.stdout.write(String(error.stack || error).replace(/^/gm, '# ') + '\n');
        }
        process.stdout.write(`${good ? '' : 'not '}ok ${++number} - browser/${name}\n`);
    }
    await clear();
    process.exit(failed ? 1 : 0);
}

module.exports = { BUILD, KOLOKOL, SOURCE, assert, clear, kolokol, makeDemo, open, patience, removeLater, run, serve, temporary };
