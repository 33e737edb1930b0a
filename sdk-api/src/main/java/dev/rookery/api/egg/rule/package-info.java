/**
 * The rules that an egg puts on the values of its variables, which are those of Laravel's validator. Begin with
 * {@link dev.rookery.api.egg.rule.VariableRules}.
 */
@NullMarked
package dev.rookery.api.egg.rule;

import org.jspecify.annotations.NullMarked;
