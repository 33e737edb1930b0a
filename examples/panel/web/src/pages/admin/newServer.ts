import type { Allocation, Egg, NewServer } from '../../api/types';
import { readRules, variableProblem } from '../../forms/eggRules';
import type { Problems } from '../../forms/useForm';
import { nameProblem, numberProblem, present } from '../../forms/validation';
import type { Translator } from '../../i18n/translate';

/** What the form of a new server holds. Numbers stay text until they are sent. */
export interface NewServerValues {
  name: string;
  description: string;
  owner: string;
  nodeId: string;
  eggId: string;
  allocationId: string;
  image: string;
  startup: string;
  memory: string;
  swap: string;
  disk: string;
  cpu: string;
  variables: Record<string, string>;
  startOnCompletion: boolean;
}

const MEBIBYTES_MAX = 16_777_216;
const CPU_MAX = 25_600;

export function emptyServer(eggId: string): NewServerValues {
  return {
    name: '',
    description: '',
    owner: '',
    nodeId: '',
    eggId,
    allocationId: '',
    image: '',
    startup: '',
    memory: '1024',
    swap: '0',
    disk: '5120',
    cpu: '0',
    variables: {},
    startOnCompletion: true,
  };
}

export function newServerProblems(values: NewServerValues, egg: Egg | undefined, t: Translator): Problems {
  const problems = present({
    name: nameProblem(values.name, t),
    nodeId: values.nodeId === '' ? t('newServer.nodeMissing') : undefined,
    allocationId: values.nodeId !== '' && values.allocationId === '' ? t('newServer.allocationMissing') : undefined,
    eggId: values.eggId === '' ? t('newServer.eggMissing') : undefined,
    image: egg && values.image.trim() === '' ? t('newServer.imageMissing') : undefined,
    startup: egg && values.startup.trim() === '' ? t('newServer.startupMissing') : undefined,
    'limits.memoryMebibytes': numberProblem(values.memory, 0, MEBIBYTES_MAX, t),
    'limits.swapMebibytes': numberProblem(values.swap, -1, MEBIBYTES_MAX, t),
    'limits.diskMebibytes': numberProblem(values.disk, 0, MEBIBYTES_MAX, t),
    'limits.cpuPercent': numberProblem(values.cpu, 0, CPU_MAX, t),
  });
  for (const variable of egg?.variables ?? []) {
    const value = values.variables[variable.envVariable] ?? variable.defaultValue;
    const problem = variableProblem(value, readRules(variable.rules), t);
    if (problem) problems[`variables.${variable.envVariable}`] = problem;
  }
  return problems;
}

/** What is sent. The start command only if it is not the egg's first: an untouched one follows the egg when it is updated. */
export function toNewServer(values: NewServerValues, egg: Egg, allocations: readonly Allocation[]): NewServer {
  const allocation = allocations.find((candidate) => String(candidate.id) === values.allocationId);
  const description = values.description.trim();
  const variables = egg.variables.map((variable): [string, string] => [
    variable.envVariable,
    values.variables[variable.envVariable] ?? variable.defaultValue,
  ]);
  return {
    name: values.name.trim(),
    ...(description === '' ? {} : { description }),
    ...(values.owner === '' ? {} : { owner: values.owner }),
    nodeId: Number(values.nodeId),
    eggId: egg.id,
    allocationId: allocation?.id ?? values.allocationId,
    image: values.image.trim(),
    ...(values.startup === Object.values(egg.startupCommands)[0] ? {} : { startup: values.startup }),
    limits: {
      memoryMebibytes: Number(values.memory),
      swapMebibytes: Number(values.swap),
      diskMebibytes: Number(values.disk),
      cpuPercent: Number(values.cpu),
    },
    variables: Object.fromEntries(variables),
    startOnCompletion: values.startOnCompletion,
  };
}
