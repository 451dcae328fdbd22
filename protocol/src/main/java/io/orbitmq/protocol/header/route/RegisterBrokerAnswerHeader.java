package io.orbitmq.protocol.header.route;

import io.orbitmq.protocol.frame.Fields;

/**
 * Answer to REGISTER_BROKER, both empty for a master (protocol/02 section 3.4).
 *
 * @param haAddress of the master
 * @param masterAddress ip:port of the master
 */
public record RegisterBrokerAnswerHeader(String haAddress, String masterAddress) {

    public static RegisterBrokerAnswerHeader from(Fields fields) {
        return new RegisterBrokerAnswerHeader(fields.text("haServerAddr"), fields.text("masterAddr"));
    }

    public Fields toFields() {
        return Fields.builder()
                .put("haServerAddr", haAddress)
                .put("masterAddr", masterAddress)
                .build();
    }
}
