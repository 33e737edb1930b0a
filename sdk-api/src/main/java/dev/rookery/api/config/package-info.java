/**
 * The configuration of a node: {@code config.yml} with the keys of every daemon that speaks this protocol, and the JSON in which panels
 * send it. Values and texts only: files, environments and machines are the business of whoever runs the node. Source: node API §2.2, §6.1.
 */
@NullMarked
package dev.rookery.api.config;

import org.jspecify.annotations.NullMarked;
