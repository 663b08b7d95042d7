// Lighthouse on the demo's front and a story, as a phone sees them: at least 98 in each of the four categories.
//
//     node bench/lighthouse.js BUILD          (npm ci in bench/ brings lighthouse; Debian's Chromium is the browser)
'use strict';
const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');
const { spawnSync } = require('node:child_process');

const TARGET = 98;
const ROOT = path.resolve(__dirname, '..');

process.env.KOLOKOL_BUILD = path.resolve(process.argv[2] || path.join(ROOT, 'build'));
const { clear } = require('../tests/browser/harness.js');
const { demo, stand } = require('../tests/browser/paper.js');

function audit(url, folder) {
    const program = path.join(__dirname, 'node_modules/lighthouse/cli/index.js');
    const report = path.join(folder, 'report.json');
    const done = spawnSync(process.execPath, [program, url, '--quiet', '--output=json', `--output-path=${report}`,
        '--chrome-flags=--headless=new --no-sandbox --disable-gpu'],
    { encoding: 'utf8', env: { ...process.env, CHROME_PATH: '/usr/bin/chromium' }, timeout: 300000 });
    if (done.status !== 0) {
        throw new Error(`lighthouse ${url}: ${done.error || done.stderr}`);
    }
    return JSON.parse(fs.readFileSync(report, 'utf8'));
}

// Where an audit found something, for whoever mends it.
function places(one) {
    return ((one.details && one.details.items) || []).filter((item) => item.node)
        .map((item) => `${item.node.selector}: ${item.node.snippet}`.slice(0, 200));
}

function rows(name, report) {
    return Object.values(report.categories).map((category) => {
        const score = Math.round(category.score * 100);
        const low = category.auditRefs.filter((one) => one.weight > 0 && report.audits[one.id].score !== null &&
            report.audits[one.id].score < 0.9).map((one) => one.id);
        console.log(`${name}: ${category.title} ${score}${low.length ? ` (${low.join(', ')})` : ''}`);
        low.flatMap((id) => places(report.audits[id])).forEach((place) => console.log(`    ${place}`));
        return [`Lighthouse, ${name}, ${category.title.toLowerCase()}`, String(score), `≥ ${TARGET}`, score >= TARGET ? 'met' : 'MISSED'];
    });
}

async function main() {
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'kolokol-lighthouse-'));
    const paper = demo();
    const address = await stand(paper.newsroom);
    const all = [...rows('front', audit(`${address}/`, folder)),
        ...rows('story', audit(`${address}/${paper.pages.en.story}`, folder))];
    if (process.env.KOLOKOL_BENCH_ROWS) {
        fs.appendFileSync(process.env.KOLOKOL_BENCH_ROWS,
            `${JSON.stringify({ title: 'Lighthouse', load: os.loadavg()[0], rows: all })}\n`);
    }
    fs.rmSync(folder, { recursive: true });
    await clear();
}

main().then(() => process.exit(0), async (error) => {
    console.error(error.stack || error);
    await clear();
    process.exit(1);
});
