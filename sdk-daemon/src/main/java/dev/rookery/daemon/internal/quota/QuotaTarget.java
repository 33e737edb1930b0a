package dev.rookery.daemon.internal.quota;

/**
 * How the kernel is told which file system is meant.
 *
 * @param descriptor of any directory on it
 * @param device its block device, for kernels that do not take a descriptor
 * @param byDevice whether the device is to be used although the kernel may take a descriptor
 */
record QuotaTarget(int descriptor, String device, boolean byDevice) {}
