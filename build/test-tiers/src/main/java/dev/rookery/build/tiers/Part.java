package dev.rookery.build.tiers;

/** A foreign part a test may need, named in the test by a tag. */
enum Part {
    /** A container engine that answers. */
    DOCKER("docker", true),

    /** A second, current container engine beside that of the machine. */
    CURRENT_ENGINE("current-engine", true),

    /** The program of an image registry. */
    REGISTRY("registry", true),

    /** A Chromium to drive, and the Node.js that drives it. */
    BROWSER("browser", true),

    /** The folder of real eggs. */
    EGGS("eggs", true),

    /** The rights of root, on Linux. */
    ROOT("root", true),

    /** The program that keeps processes apart. */
    BUBBLEWRAP("bubblewrap", true),

    /** The programs of a PostgreSQL server, and a user who may run them. */
    POSTGRES("postgres", true),

    /** The SFTP clients that people use: OpenSSH's, lftp, rclone, and sshfs with a device to mount it. */
    SFTP_CLIENTS("sftp-clients", true),

    /** A Caddy, to run what was made for it. */
    CADDY("caddy", true),

    /** An nginx with its module for connections, to run what was made for it. */
    NGINX("nginx", true),

    /** The program certbot, and a small authority for it to ask, which has to be built. */
    CERTBOT("certbot", false),

    /** The load generator wrk. */
    WRK("wrk", true),

    /** A foreign S3 server, which comes with the UI's tools. */
    S3("s3", true),

    /** A folder on a file system that limits projects, which few machines have. */
    PROJECT_QUOTAS("project-quotas", false),

    /** A Caddy with its plugin for connections, which has to be built. */
    CADDY_L4("caddy-l4", false),

    /** The program that connects tunnels, which has to be built. */
    CLOUDFLARED("cloudflared", false),

    /** Hours, on request. */
    SOAK("soak", false),

    /** Minutes for each target, on request. */
    FUZZ("fuzz", false),

    /** A daemon of another project, whose program the person at the keyboard has. */
    FOREIGN("foreign", false);

    private final String tag;
    private final boolean everyBuild;

    Part(String tag, boolean everyBuild) {
        this.tag = tag;
        this.everyBuild = everyBuild;
    }

    /** Returns the JUnit tag that asks for this part. */
    String tag() {
        return tag;
    }

    /** Whether a build that must be complete fails without this part; the others run on request only. */
    boolean belongsToEveryBuild() {
        return everyBuild;
    }
}
