// Which JavaScript is checked and with what globals: Odoo's modules, their tests, the sandbox's page.
// Read by `make lint`; the packages are found beside the ESLint that is running, not in this tree.
import {createRequire} from "node:module";

const require = createRequire(process.argv[1]);
const js = require("@eslint/js");
const globals = require("globals");

const rules = {
    ...js.configs.recommended.rules,
    curly: "error",
    eqeqeq: ["error", "always", {null: "ignore"}],
    "no-console": ["error", {allow: ["warn", "error"]}],
    "no-eval": "error",
    "no-unused-vars": ["error", {argsIgnorePattern: "^_"}],
    "no-var": "error",
    "prefer-const": "error",
};

export default [
    {
        files: ["cartona_integration/static/{src,tests}/**/*.js"],
        languageOptions: {
            ecmaVersion: 2022,
            sourceType: "module",
            globals: {...globals.browser, odoo: "readonly", luxon: "readonly"},
        },
        rules,
    },
    {
        files: ["cartona_integration/static/tests/**/*.js"],
        languageOptions: {globals: globals.qunit},
    },
    {
        files: ["tests/sandbox/**/*.js"],
        languageOptions: {ecmaVersion: 2022, sourceType: "module", globals: globals.browser},
        rules,
    },
];
