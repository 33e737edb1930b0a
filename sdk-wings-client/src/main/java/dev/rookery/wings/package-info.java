/**
 * Both directions of the protocol over HTTP. Begin with {@link dev.rookery.wings.HttpNode} to drive a node from a panel, with
 * {@link dev.rookery.wings.HttpPanel} to ask a panel from a node, and with {@link dev.rookery.wings.PanelEnrolment} to fetch a new
 * node's configuration.
 */
@NullMarked
package dev.rookery.wings;

import org.jspecify.annotations.NullMarked;
