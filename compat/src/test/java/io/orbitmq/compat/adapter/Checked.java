package io.orbitmq.compat.adapter;

import io.orbitmq.compat.client.ClientFailure;
import org.apache.rocketmq.client.exception.MQBrokerException;
import org.apache.rocketmq.client.exception.MQClientException;

/** Calls into the library, its checked exceptions turned into {@link ClientFailure}. */
final class Checked {

    private Checked() {}

    interface Call<T> {
        T call() throws Exception;
    }

    interface Action {
        void run() throws Exception;
    }

    static <T> T answer(Call<T> call) {
        try {
            return call.call();
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw failure(e);
        }
    }

    static void run(Action action) {
        answer(() -> {
            action.run();
            return true;
        });
    }

    static ClientFailure failure(Throwable cause) {
        int code = -1;
        if (cause instanceof MQBrokerException broker) {
            code = broker.getResponseCode();
        } else if (cause instanceof MQClientException client) {
            code = client.getResponseCode();
        }
        return new ClientFailure(cause, code);
    }
}
