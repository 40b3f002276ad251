import * as fs from 'node:fs';
import * as path from 'node:path';
import { readManifests } from '../../analysis/manifest';
import { definitionsOf } from '../helpers/crd';
import type { Fields } from '../helpers/fields';

const OWN = path.join(__dirname, '../../crds');

/**
 * The CustomResourceDefinitions that a server needs for what the library writes: those of crds/, with what a server demands
 * beyond what `cdk8s import` reads, or those of the folder that CLUSTER_CRDS names, as their projects publish them.
 */
export function definitions(): readonly Fields[] {
  const folder = process.env.CLUSTER_CRDS;
  if (folder === undefined) {
    return fs.readdirSync(OWN).flatMap(definitionsOf).map(complete);
  }
  const crds = fs
    .readdirSync(folder)
    .filter((name) => /\.ya?ml$/.test(name))
    .flatMap((name) => readManifests(fs.readFileSync(path.join(folder, name), 'utf8'), name).manifests)
    .filter(({ kind }) => kind === 'CustomResourceDefinition')
    .map(({ object }) => object as Fields);
  if (crds.length === 0) {
    throw new Error(`CLUSTER_CRDS=${folder}: there is no CustomResourceDefinition in this folder`);
  }
  return crds;
}

/** A definition of crds/ as a server takes it. */
function complete(crd: Fields): Fields {
  const isProtected = /(^|\.)k8s\.io$/.test(crd.spec.group);
  const annotations = isProtected && { 'api-approved.kubernetes.io': 'unapproved, the part of a test' };
  const versions = (crd.spec.versions as Fields[]).map((version) => ({
    ...version,
    subresources: version.subresources ?? {},
  }));
  return {
    ...crd,
    metadata: { ...crd.metadata, annotations: { ...crd.metadata.annotations, ...annotations } },
    spec: { ...crd.spec, versions },
  };
}
