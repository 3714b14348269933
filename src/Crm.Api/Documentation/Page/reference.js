// Reads the document: follows references, joins parts, and says what a schema means.

import { element, prose, row, table } from '/docs/elements.js';

const METHODS = ['get', 'post', 'put', 'patch', 'delete'];
const MAX_DEPTH = 6;

export class Reference {
  constructor(api) {
    this.api = api;
  }

  resolve(node) {
    if (!node?.$ref) return node ?? {};
    const found = node.$ref.slice(2).split('/').reduce((at, key) => at[key.replaceAll('~1', '/').replaceAll('~0', '~')], this.api);
    return { ...found, ...(node.description && { description: node.description }), name: node.$ref.split('/').at(-1) };
  }

  /** One schema out of the parts it is all of. */
  merge(node) {
    const schema = this.resolve(node);
    return (schema.allOf ?? []).map((part) => this.merge(part)).reduce((whole, part) => ({
      ...whole,
      ...part,
      name: whole.name ?? part.name,
      description: whole.description ?? part.description,
      properties: mergeFields(whole.properties, part.properties),
      required: [...(whole.required ?? []), ...(part.required ?? [])],
    }), schema);
  }

  type(node) {
    const schema = this.resolve(node);
    if (schema.oneOf && !schema.discriminator) return schema.oneOf.map((one) => this.type(one)).join(' | ');
    if (schema.enum) return schema.enum.map((value) => JSON.stringify(value)).join(' | ');
    const types = [schema.type ?? 'object'].flat().filter((type) => type !== 'null').map((type) =>
      type === 'array' ? `${this.type(schema.items)}[]` : type === 'object' && schema.name ? schema.name : type);
    return [...types, ...([schema.type].flat().includes('null') ? ['null'] : [])].join(' | ');
  }

  limits(node) {
    const schema = this.resolve(node);
    const said = [
      schema.format,
      range(schema.minimum, schema.maximum),
      range(schema.minLength, schema.maxLength, ' characters'),
      range(schema.minItems, schema.maxItems, ' items'),
      schema.pattern && `matches ${schema.pattern}`,
    ];
    return said.filter(Boolean).join(', ');
  }

  fields(node, depth = 0) {
    const schema = this.merge(node);
    if (schema.type === 'array' || schema.items) return this.fields(schema.items, depth);
    if (schema.discriminator) return this.choices(schema, depth);
    const one = schema.oneOf?.find((choice) => choice.type !== 'null');
    if (one) return this.fields(one, depth);
    if (schema.additionalProperties?.items || schema.additionalProperties?.$ref) return this.fields(schema.additionalProperties, depth);
    const entries = Object.entries(schema.properties ?? {});
    if (entries.length === 0 || depth > MAX_DEPTH) return null;
    return table(['Field', 'Type', 'Meaning'], entries.map(([name, property]) => this.field(name, property, schema.required?.includes(name), depth)), 'fields');
  }

  field(name, property, required, depth) {
    const inner = this.fields(property, depth + 1);
    return row(
      [element('code', {}, name), required ? '' : element('span', { class: 'quiet' }, ' optional')],
      [element('code', {}, this.type(property)), element('br'), element('span', { class: 'quiet' }, this.limits(property))],
      [
        element('p', {}, prose(this.describe(property), true)),
        inner && element('details', { class: 'nested' }, element('summary', {}, 'Its fields'), inner),
      ]);
  }

  choices(schema, depth) {
    return element('div', {}, Object.entries(schema.discriminator.mapping).map(([value, reference]) =>
      element('details', { class: 'nested' }, element('summary', {}, value, ': ', this.resolve({ $ref: reference }).description ?? ''), this.fields({ $ref: reference }, depth + 1))));
  }

  describe(property) {
    return this.resolve(property).description ?? this.resolve(property).oneOf?.map((one) => this.resolve(one).description).find(Boolean);
  }

  operations() {
    return Object.entries(this.api.paths).flatMap(([path, item]) =>
      METHODS.filter((method) => item[method]).map((method) => ({ path, method, ...item[method] })));
  }

  curl({ path, method, requestBody, parameters, security }, body) {
    const lines = [`curl ${method === 'get' ? '' : `-X ${method.toUpperCase()} `}'${location.origin}${path.replace('{id}', '1')}'`];
    if (security?.length) lines.push(`-H "Authorization: Bearer $TOKEN"`);
    for (const header of (parameters ?? []).filter((one) => one.in === 'header' && one.name === 'Idempotency-Key')) lines.push(`-H '${header.name}: ${header.example}'`);
    if (requestBody) lines.push(`-H 'Content-Type: application/json'`, `-d '${JSON.stringify(body).replaceAll("'", String.raw`'\''`)}'`);
    return lines.join(' \\\n  ');
  }
}

function range(from, to, unit = '') {
  if (from === undefined && to === undefined) return '';
  return `${from === undefined ? `up to ${to}` : to === undefined ? `from ${from}` : `${from}–${to}`}${unit}`;
}

function mergeFields(one, other) {
  const merged = { ...one };
  for (const [name, property] of Object.entries(other ?? {})) {
    merged[name] = { ...merged[name], ...property };
  }
  return merged;
}
