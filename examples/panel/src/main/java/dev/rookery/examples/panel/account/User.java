package dev.rookery.examples.panel.account;

import java.util.UUID;

/**
 * Somebody who can log in.
 *
 * @param id the row
 * @param uuid the identity that nodes see
 * @param username the name to log in with, unique without regard to case
 * @param admin whether this is an administrator
 * @param disabled whether the user is kept out
 * @param language the language of the UI, an ISO 639-1 code
 */
public record User(long id, UUID uuid, String username, boolean admin, boolean disabled, String language) {}
