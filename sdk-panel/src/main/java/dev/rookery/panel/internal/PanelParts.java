package dev.rookery.panel.internal;

import dev.rookery.panel.internal.sftp.SftpLogins;
import dev.rookery.panel.spi.PanelStore;
import java.time.Clock;

/**
 * What every node's view of the panel is made of.
 *
 * @param store what the panel keeps
 * @param interpreted what nodes are told about servers
 * @param board what is known of servers at present
 * @param logins who may log in over SFTP
 * @param clock the time
 */
public record PanelParts(PanelStore store, Interpreted interpreted, StateBoard board, SftpLogins logins, Clock clock) {}
