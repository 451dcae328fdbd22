package io.orbitmq.compat.client;

import io.orbitmq.compat.harness.IsolatedLoader;
import io.orbitmq.compat.harness.Workspace;

/** The official client versions every scenario runs against, each loaded once, with its own jars. */
public enum ClientVersion {
    V4_9_8("client-4.9.8"),
    V5_3_3("client-5.3.3");

    private static final String ADAPTER = "io.orbitmq.compat.adapter.AdaptedClient";

    private final String artifacts;

    ClientVersion(String artifacts) {
        this.artifacts = artifacts;
    }

    /** The directory name of the version's jars. */
    public String artifacts() {
        return artifacts;
    }

    /** The library, loaded at the first call. */
    public OfficialClient client() {
        return switch (this) {
            case V4_9_8 -> Old.CLIENT;
            case V5_3_3 -> New.CLIENT;
        };
    }

    private OfficialClient load() {
        ClassLoader loader = IsolatedLoader.of(Workspace.officialJars(artifacts), "io.orbitmq.compat.client.");
        try {
            return (OfficialClient)
                    loader.loadClass(ADAPTER).getDeclaredConstructor().newInstance();
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("the adapter does not load beside " + artifacts, e);
        }
    }

    private static final class Old {
        static final OfficialClient CLIENT = V4_9_8.load();
    }

    private static final class New {
        static final OfficialClient CLIENT = V5_3_3.load();
    }
}
