/**
 * Calls that only Calagopus has: its panel's, reached by {@link dev.rookery.wings.HttpPanel#calagopus()}. Source: panel remote API §4.
 */
@NullMarked
package dev.rookery.wings.calagopus;

import org.jspecify.annotations.NullMarked;
