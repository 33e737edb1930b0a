package dev.rookery.daemon.internal.file;

import dev.rookery.api.permission.Permission;
import java.util.List;

/** Somebody who may do everything. */
record Everything(Volume volume) implements FileTree.Authority {

    @Override
    public Denylist hidden() {
        return Denylist.of(List.of());
    }

    @Override
    public boolean may(Permission permission) {
        return true;
    }

    @Override
    public boolean readOnly() {
        return false;
    }
}
