package dev.rookery.api.config;

/**
 * How a node logs in to a registry of images. Source: node API §6.1.
 *
 * @param username the user
 * @param password the password
 */
public record RegistryConfiguration(String username, String password) {

    /** Hides the password. */
    @Override
    public String toString() {
        return "RegistryConfiguration[username=" + username + "]";
    }
}
