/**
 * Test tiers: a test names the foreign part it needs with a tag, and is left out by name where the part is missing.
 *
 * <p>{@link dev.rookery.build.tiers.Part} lists the tags. {@code ROOKERY_REQUIRE_ALL=1} turns a missing part into a failure.
 */
@NullMarked
package dev.rookery.build.tiers;

import org.jspecify.annotations.NullMarked;
