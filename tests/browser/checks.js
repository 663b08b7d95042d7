// What every page is asked, whoever sends it: the Nu HTML checker, axe in light and dark.
'use strict';
const fs = require('node:fs');
const path = require('node:path');
const { spawnSync } = require('node:child_process');
const { assert, patience } = require('./harness.js');

// The errors in these files, in words: "name:line: what".
function nuErrors(folder, names) {
    const jar = path.join(__dirname, 'node_modules/vnu-jar/build/dist/vnu.jar');
    assert.ok(fs.existsSync(jar), 'vnu-jar is missing: run npm ci in tests/browser');
    const files = names.map((name) => path.join(folder, name));
    const done = spawnSync('java', ['-Xmx384m', '-Xss8m', '-XX:TieredStopAtLevel=1', '-jar', jar, '--format', 'json', '--errors-only', ...files],
        { encoding: 'utf8', timeout: patience(240000) });
    assert.equal(done.error, undefined, 'java: tools/install_packages test');
    const { messages } = JSON.parse(done.stderr || done.stdout);
    return messages.map((one) => `${path.relative(folder, one.url.slice(5))}:${one.lastLine}: ${one.message}`);
}

const axeSource = fs.readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');

// In the page: only what is said of it leaves it.
async function runAxe(options) {
    const { violations } = await window.axe.run(document, { resultTypes: ['violations'], ...options });
    return violations.map(({ id, nodes }) => [id, `${id}: ${nodes[0].html.slice(0, 120)}: ${nodes[0].failureSummary}`]);
}

// The violations that axe finds on the page of a tab, in words, but of rules that are named in `except`. In dark only
// colours are looked at again.
async function axeViolations(page, except = []) {
    const wrong = [];
    for (const colorScheme of ['light', 'dark']) {
        await page.emulateMedia({ colorScheme });
        if (colorScheme === 'light') {
            await page.evaluate(axeSource);
        }
        const found = await page.evaluate(runAxe, colorScheme === 'dark' ? { runOnly: ['color-contrast', 'link-in-text-block'] } : {});
        wrong.push(...found.filter(([id]) => !except.includes(id)).map(([, words]) => `axe, ${colorScheme}: ${words}`));
    }
    return wrong;
}

module.exports = { axeViolations, nuErrors };
