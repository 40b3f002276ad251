import type { Course } from './lesson';
import { RECIPES } from './recipes';
import { STARS } from './stars';
import { BOUTIQUES, CANARIES, CONTROLLERS, GAMES, HTTPS, SERVICES } from './traffic';

/** All lessons. */
export const COURSES: readonly Course[] = [
  {
    title: 'Seven lessons',
    about: 'How requests come in, and who may connect to whom.',
    lessons: [SERVICES, CONTROLLERS, BOUTIQUES, GAMES, CANARIES, STARS, HTTPS],
  },
  RECIPES,
];
