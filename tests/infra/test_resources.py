"""The owner's resources: the tests' AWS has those that are deployed, and the bucket is closed."""

from infra.deploy import functions, stack
from tests.aws import resources


def test_the_local_table_is_the_deployed_one():
    deployed = functions.load(stack.TEMPLATE)["Resources"]["Table"]["Properties"]
    local = resources.TABLE_DEFINITION
    for name in ("KeySchema", "AttributeDefinitions", "GlobalSecondaryIndexes", "BillingMode"):
        assert local[name] == deployed[name], name
    assert local["StreamSpecification"] == {"StreamEnabled": True, **deployed["StreamSpecification"]}
    assert deployed["TimeToLiveSpecification"] == resources.TTL_DEFINITION


def test_what_is_there_is_not_made_again(fresh_table):
    made = resources.make(fresh_table.aws.url)
    assert made == fresh_table.made
    assert resources.make(fresh_table.aws.url) == made


def test_nobody_reaches_the_bucket_without_tls_whoever_else_lets_them():
    (policy,) = [
        each["Properties"]["PolicyDocument"]
        for each in functions.load(stack.TEMPLATE)["Resources"].values()
        if each["Type"] == "AWS::S3::BucketPolicy"
    ]
    (denied,) = [each for each in policy["Statement"] if each["Effect"] == "Deny"]
    assert (denied["Principal"], denied["Action"]) == ("*", "s3:*")
    assert denied["Condition"] == {"Bool": {"aws:SecureTransport": "false"}}
    assert len(denied["Resource"]) == 2, "the bucket, and what is in it"
