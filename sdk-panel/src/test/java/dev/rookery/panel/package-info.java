/** Tests of the panel's half through its public API. */
package dev.rookery.panel;
