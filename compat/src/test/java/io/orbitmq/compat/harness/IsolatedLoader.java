package io.orbitmq.compat.harness;

import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Loads an official library away from the tests: its jars and the compiled tests are seen, of the application's class path only
 * the classes whose names start with the shared prefix.
 */
public final class IsolatedLoader {

    private IsolatedLoader() {}

    public static ClassLoader of(List<Path> jars, String sharedPrefix) {
        List<URL> urls = new ArrayList<>();
        try {
            urls.add(Workspace.testClasses().toUri().toURL());
            for (Path jar : jars) {
                urls.add(jar.toUri().toURL());
            }
        } catch (MalformedURLException e) {
            throw new IllegalStateException(e);
        }
        return new URLClassLoader(urls.toArray(URL[]::new), new SharedOnly(sharedPrefix));
    }

    private static final class SharedOnly extends ClassLoader {

        private final String prefix;
        private final ClassLoader application = IsolatedLoader.class.getClassLoader();

        SharedOnly(String prefix) {
            super(ClassLoader.getPlatformClassLoader());
            this.prefix = prefix;
        }

        @Override
        protected Class<?> findClass(String name) throws ClassNotFoundException {
            if (name.startsWith(prefix)) {
                return application.loadClass(name);
            }
            throw new ClassNotFoundException(name);
        }
    }
}
