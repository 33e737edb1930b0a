/** Tests of fetching files. */
package dev.rookery.daemon.internal.download;
