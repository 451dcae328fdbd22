package io.orbitmq.compat.adapter;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Stream;

/** The few calls whose signature differs between 4.9.8 and 5.3.3. */
final class Variations {

    private Variations() {}

    /** The enum MessageModel lives in another package in 4.9. */
    static void broadcasting(Object consumer) throws Exception {
        Method setter = method(consumer, "setMessageModel", 1);
        Object value = Arrays.stream(setter.getParameterTypes()[0].getEnumConstants())
                .filter(constant -> constant.toString().equals("BROADCASTING"))
                .findFirst()
                .orElseThrow();
        call(setter, consumer, value);
    }

    /** 5.3.3 takes a map of attributes, 4.9.8 does not. */
    static void createTopic(Object producer, String key, String topic, int queues) throws Exception {
        Method three = find(producer, "createTopic", String.class, String.class, int.class);
        if (three != null) {
            call(three, producer, key, topic, queues);
        } else {
            Method four = find(producer, "createTopic", String.class, String.class, int.class, Map.class);
            call(four, producer, key, topic, queues, Map.of());
        }
    }

    /** Called commitSync in 4.9. */
    static void commit(Object consumer) throws Exception {
        Method commit = find(consumer, "commit");
        call(commit != null ? commit : method(consumer, "commitSync", 0), consumer);
    }

    /** The form of headers this process writes; by reflection because the class does not compile without its JSON library. */
    static String serialization() throws Exception {
        return String.valueOf(Class.forName("org.apache.rocketmq.remoting.protocol.RemotingCommand")
                .getMethod("getSerializeTypeConfigInThisServer")
                .invoke(null));
    }

    /** 4.9 knows no handle. */
    static String recallHandle(Object sendResult) {
        try {
            Method getter = find(sendResult, "getRecallHandle");
            Object handle = getter == null ? null : getter.invoke(sendResult);
            return handle == null ? "" : handle.toString();
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("getRecallHandle does not answer", e);
        }
    }

    private static Method find(Object target, String name, Class<?>... types) {
        return Stream.of(target.getClass().getMethods())
                .filter(m -> m.getName().equals(name) && Arrays.equals(m.getParameterTypes(), types))
                .findFirst()
                .orElse(null);
    }

    private static Method method(Object target, String name, int parameters) {
        return Stream.of(target.getClass().getMethods())
                .filter(m -> m.getName().equals(name) && m.getParameterCount() == parameters)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(target.getClass() + " has no method " + name));
    }

    private static void call(Method method, Object target, Object... arguments) throws Exception {
        try {
            method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof Exception cause) {
                throw cause;
            }
            throw e;
        }
    }
}
