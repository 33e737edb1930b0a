/**
 * What at least two SDK modules need below their API: {@link dev.rookery.kit.DurableFiles durable files},
 * {@link dev.rookery.kit.Backoff retries}, {@link dev.rookery.kit.NamedThreads threads},
 * {@link dev.rookery.kit.Correlation correlation ids} and {@link dev.rookery.kit.Redactor redaction}. Not API: nothing of it appears in
 * a public signature of another module, and it may change with any release.
 */
@NullMarked
package dev.rookery.kit;

import org.jspecify.annotations.NullMarked;
