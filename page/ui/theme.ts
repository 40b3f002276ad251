import { el } from './dom';

const THEMES = ['auto', 'light', 'dark'] as const;

/** The choice of light and dark; as the system has it, at first. */
export function themeChoice(): HTMLElement {
  const choice = el('select', {}, ...THEMES.map((theme) => el('option', { value: theme }, theme)));
  choice.addEventListener('change', () => {
    if (choice.value === 'auto') {
      delete document.documentElement.dataset.theme;
    } else {
      document.documentElement.dataset.theme = choice.value;
    }
  });
  return el('label', { class: 'theme' }, 'Colours ', choice);
}
