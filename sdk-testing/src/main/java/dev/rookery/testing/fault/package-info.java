/**
 * Networks that fail: {@link dev.rookery.testing.fault.FaultProxy} stands before anything that speaks HTTP and does one of the eight faults
 * of {@link dev.rookery.testing.fault.Fault} to the requests that a {@link dev.rookery.testing.fault.FaultPlan} names.
 */
@NullMarked
package dev.rookery.testing.fault;

import org.jspecify.annotations.NullMarked;
