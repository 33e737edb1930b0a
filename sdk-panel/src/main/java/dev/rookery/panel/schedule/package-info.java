/**
 * Schedules of servers: commands, power actions, backups and deletions at times that a cron expression gives in a time zone of its own. Start
 * with {@link dev.rookery.panel.schedule.Schedules}.
 */
@NullMarked
package dev.rookery.panel.schedule;

import org.jspecify.annotations.NullMarked;
