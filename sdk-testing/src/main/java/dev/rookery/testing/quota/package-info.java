/** What everything that keeps limits of directory trees has to keep: {@link dev.rookery.testing.quota.DiskQuotasContract}. */
@NullMarked
package dev.rookery.testing.quota;

import org.jspecify.annotations.NullMarked;
