import {
  QuickInputButtons,
  window,
  type Disposable,
  type InputBox,
  type QuickInput,
  type QuickInputButton,
  type QuickPick,
  type QuickPickItem,
} from 'vscode';

/** How the user left a question: with a value, or back to the one before, or by giving up. */
export type StepResult<T> = { kind: 'value'; value: T } | { kind: 'back' } | { kind: 'cancel' };

/** One question of a multi-step input. It writes its answer into the state, or says that it is not needed. */
export type Step<S> = (state: S, place: Place) => Promise<StepResult<unknown>> | 'skip';

/** Where in the sequence a question stands. */
export interface Place {
  step: number;
  totalSteps: number;
}

/** Asks the questions in order, with *Back*. Resolves to whether the user went through to the end. */
export async function runSteps<S>(state: S, steps: readonly Step<S>[]): Promise<boolean> {
  let at = 0;
  let direction = 1;
  for (let step = steps[at]; step !== undefined; step = steps[at]) {
    const asked = step(state, { step: at + 1, totalSteps: steps.length });
    if (asked !== 'skip') {
      const result = await asked;
      if (result.kind === 'cancel') return false;
      direction = result.kind === 'back' ? -1 : 1;
    }
    at += direction;
  }
  return true;
}

export interface Question extends Place {
  title: string;
  placeholder?: string;
}

interface TextQuestion extends Question {
  prompt: string;
  value?: string;
  password?: boolean;
  /** What is wrong with the text, in words; undefined when nothing is. */
  validate?: (text: string) => string | undefined;
}

/** Asks for a line of text. Validates as the user types, and does not accept what is not valid. */
export function askText(question: TextQuestion): Promise<StepResult<string>> {
  const box = window.createInputBox();
  box.prompt = question.prompt;
  box.value = question.value ?? '';
  box.password = question.password ?? false;
  const check = (): string | undefined => question.validate?.(box.value);
  return ask(box, question, (done) => [
    box.onDidChangeValue(() => {
      // An empty box is not a mistake yet; it is one when it is accepted.
      box.validationMessage = box.value === '' ? undefined : check();
    }),
    box.onDidAccept(() => {
      box.validationMessage = check();
      if (box.validationMessage === undefined) done({ kind: 'value', value: box.value });
    }),
  ]);
}

export type Choice<T> = QuickPickItem & { value?: T };

interface PickQuestion<T> extends Question {
  items: readonly Choice<T>[];
  active?: T;
}

/** Asks to choose one of the items. Items without a value cannot be chosen. */
export function askPick<T>(question: PickQuestion<T>): Promise<StepResult<T>> {
  const pick = window.createQuickPick<Choice<T>>();
  pick.items = question.items;
  pick.matchOnDescription = true;
  // Without one, VS Code makes the first item active; an empty list would make none.
  const active = question.items.filter(({ value }) => value !== undefined && value === question.active);
  if (active.length > 0) pick.activeItems = active;
  return ask(pick, question, (done) => [
    pick.onDidAccept(() => {
      const value = pick.activeItems[0]?.value;
      if (value !== undefined) done({ kind: 'value', value });
    }),
  ]);
}

interface TypedPickQuestion<T> extends Question {
  value?: string;
  /** The items for what is typed so far. They are shown as they are, unfiltered. */
  itemsFor: (text: string) => readonly Choice<T>[];
  buttons?: readonly QuickInputButton[];
  onButton?: (button: QuickInputButton, text: string) => StepResult<T> | undefined;
}

/** Asks for a text with suggestions: what is typed and what is offered stand in one list. */
export function askTyped<T>(question: TypedPickQuestion<T>): Promise<StepResult<T>> {
  const pick = window.createQuickPick<Choice<T>>();
  /** Whether the list on screen has caught up with what was typed. */
  let drawn = true;
  const items = (): Choice<T>[] =>
    question.itemsFor(pick.value).map((item) => ({ ...item, alwaysShow: true }));
  pick.value = question.value ?? '';
  pick.buttons = question.buttons ?? [];
  pick.items = items();
  return ask(pick, question, (done) => [
    pick.onDidChangeValue(() => {
      pick.items = items();
      drawn = false;
    }),
    pick.onDidChangeActive((active) => {
      drawn = active.length > 0;
    }),
    pick.onDidAccept(() => {
      // Enter right after typing or pasting comes before the list is drawn: it means the first item.
      const chosen = drawn ? pick.activeItems[0] : items()[0];
      if (chosen?.value !== undefined) done({ kind: 'value', value: chosen.value });
    }),
    pick.onDidTriggerButton((button) => {
      const result = question.onButton?.(button, pick.value);
      if (result !== undefined) done(result);
    }),
  ]);
}

/** What all questions share: title, place, *Back*, staying open while people fetch what they paste. */
function ask<T>(
  input: (InputBox | QuickPick<QuickPickItem>) & QuickInput,
  question: Question,
  listen: (done: (result: StepResult<T>) => void) => Disposable[],
): Promise<StepResult<T>> {
  input.title = question.title;
  if (question.placeholder !== undefined) input.placeholder = question.placeholder;
  if (question.totalSteps > 1) {
    input.step = question.step;
    input.totalSteps = question.totalSteps;
  }
  input.ignoreFocusOut = true;
  if (question.step > 1) input.buttons = [QuickInputButtons.Back, ...input.buttons];
  return new Promise((resolve) => {
    const done = (result: StepResult<T>): void => {
      resolve(result);
      input.hide();
    };
    const listeners = [
      ...listen(done),
      input.onDidTriggerButton((button) => {
        if (button === QuickInputButtons.Back) done({ kind: 'back' });
      }),
      input.onDidHide(() => {
        resolve({ kind: 'cancel' });
        for (const listener of listeners) listener.dispose();
        input.dispose();
      }),
    ];
    input.show();
  });
}
