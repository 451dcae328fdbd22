package io.orbitmq.compat.client;

/** Makes further adapters beside the {@link OfficialClient} of a version. */
final class AdapterClass {

    private AdapterClass() {}

    static <T> T make(ClientVersion version, String name, Class<T> type) {
        try {
            return type.cast(version.client()
                    .getClass()
                    .getClassLoader()
                    .loadClass(name)
                    .getDeclaredConstructor()
                    .newInstance());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(name + " does not load beside " + version.artifacts(), e);
        }
    }
}
