/**
 * What handlers share: {@link io.orbitmq.broker.request.Refusal} is the outcome of a check, {@link
 * io.orbitmq.broker.request.FailureAnswers} answers for handling that throws, {@link
 * io.orbitmq.broker.request.DurableAnswers} gives answers once the disk has what they promise, {@link
 * io.orbitmq.broker.request.AdvertisedAddress} is the address clients know this broker by. Knows nothing of topics or
 * groups.
 */
package io.orbitmq.broker.request;
