import { runAction } from './run';
import { Runner } from './runner';

const runner = new Runner(process.env, process.cwd(), (text) => process.stdout.write(text));
runAction(runner).then(
  (status) => {
    process.exitCode = status;
  },
  (error: unknown) => {
    const { message = String(error), stack = '' } = error as Partial<Error>;
    runner.annotate({
      level: 'error',
      title: 'cdk8s-networking',
      message: `This is a mistake of the action: ${message}`,
    });
    runner.debug(stack);
    process.exitCode = 1;
  },
);
