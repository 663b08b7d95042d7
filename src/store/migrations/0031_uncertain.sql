-- Mails of which nobody knows whether they arrived (mail/uncertain.h): counted at each look at the newsletters.
CREATE INDEX mail_delivery_uncertain ON mail_delivery (issue, id) WHERE state = 6;
