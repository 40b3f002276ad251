import { decompressed } from '../page/decompressed';

// The program of the page stands in it compressed, better than servers compress: people wait for its bytes. The policy of the page
// names the program by its hash.

const place = document.getElementById('program') as HTMLElement;

decompressed(place)
  .then((program) => {
    const script = document.createElement('script');
    script.textContent = program;
    place.after(script);
  })
  .catch((error: unknown) => {
    document.getElementById('head')?.append(`The page cannot start: ${error}`);
  });
