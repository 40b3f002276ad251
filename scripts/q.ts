import { bundled } from './page';

void (async () => {
  for (const e of ['site/worker.ts', 'page/worker.ts']) {
    const { text } = await bundled(e);
    console.log(e, text.length, (text.match(/=g\(\(\)=>\{/g) ?? []).length);
  }
})();
