/** Clients beside the fakes. */
package dev.rookery.testing.wings;
