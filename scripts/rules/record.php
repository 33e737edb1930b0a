<?php
/*
 * Records what Laravel's validator says of rules and values, as the table that VariableRulesTableTest compares with VariableRules.
 *
 *   composer require illuminate/validation:^11      (once more elsewhere with ^13; outside of this repository)
 *   php scripts/rules/record.php laravel11/vendor/autoload.php > eleven.tsv
 *   php scripts/rules/record.php laravel13/vendor/autoload.php eleven.tsv > sdk-api/src/test/resources/dev/rookery/api/egg/rule/laravel.tsv
 *
 * One line each: the rules and the value as JSON (nothing at all if the value is not submitted), and p, f or e for each version: it passes, it
 * fails, or the validator itself fails, as on a rule that does not exist. With a second argument, the verdicts are put behind those in that file.
 */

use Illuminate\Translation\ArrayLoader;
use Illuminate\Translation\Translator;
use Illuminate\Validation\Factory;

require $argv[1];
require __DIR__ . '/triples.php';

// A panel turns warnings into exceptions, and writes deprecations into its log only.
set_error_handler(function (int $level, string $message, string $file, int $line): bool {
    if ($level & (E_DEPRECATED | E_USER_DEPRECATED)) {
        return true;
    }
    throw new ErrorException($message, 0, $level, $file, $line);
});

$factory = new Factory(new Translator(new ArrayLoader(), 'en'));
$flags = JSON_UNESCAPED_SLASHES | JSON_THROW_ON_ERROR;
$earlier = isset($argv[2]) ? file($argv[2], FILE_IGNORE_NEW_LINES) : [];
$seen = [];
foreach (triples() as [$rules, $data]) {
    $value = array_key_exists('v', $data) ? json_encode($data['v'], $flags) : '';
    $key = json_encode($rules, $flags) . "\t" . $value;
    if (isset($seen[$key])) {
        continue;
    }
    $seen[$key] = true;
    try {
        $verdict = $factory->make($data, ['v' => $rules])->passes() ? 'p' : 'f';
    } catch (Throwable) {
        $verdict = 'e';
    }
    $before = $earlier[count($seen) - 1] ?? $key;
    if (!str_starts_with($before, $key)) {
        throw new RuntimeException("line $before (expected: one for $key)");
    }
    echo $before, "\t", $verdict, "\n";
}
