#!/usr/bin/env bash
# The packages that the CRM is measured beside, as the lockfile pins them. better-sqlite3 is built where no binary of it can be had
# (a C++ compiler, make and Python). Neither build nor test needs any of it.
set -euo pipefail
cd "$(dirname "$0")"
npm ci --no-progress
node --input-type=module --eval "
import Database from 'better-sqlite3';
console.log('SQLite', new Database(':memory:').prepare('SELECT sqlite_version()').pluck().get());"
