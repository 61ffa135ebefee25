"""Queries on the ordered table: what they find is what a plain look through all items finds."""

from boto3.dynamodb.types import TypeDeserializer
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

TABLE = "unsealed"
SORTS = st.text(alphabet="ab#~é\U0001f600", min_size=1, max_size=3)
CONDITIONS = st.one_of(
    st.tuples(st.sampled_from(["sk = :a", "sk < :a", "sk <= :a", "sk > :a", "sk >= :a", "begins_with(sk, :a)"]), SORTS),
    st.tuples(st.just("sk BETWEEN :a AND :b"), SORTS, SORTS).map(lambda found: (found[0], *sorted(found[1:]))),
)
HOLDS = {
    "sk = :a": lambda sk, a: sk == a,
    "sk < :a": lambda sk, a: sk < a,
    "sk <= :a": lambda sk, a: sk <= a,
    "sk > :a": lambda sk, a: sk > a,
    "sk >= :a": lambda sk, a: sk >= a,
    "begins_with(sk, :a)": lambda sk, a: sk.startswith(a),
    "sk BETWEEN :a AND :b": lambda sk, a, b: a <= sk <= b,
}


def pages(database, **question):
    """All items, page by page."""
    start = {}
    while True:
        page = database.query(TableName=TABLE, **question, **start)
        yield from page["Items"]
        if "LastEvaluatedKey" not in page:
            return
        start = {"ExclusiveStartKey": page["LastEvaluatedKey"]}


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    sorts=st.lists(SORTS, unique=True, max_size=8),
    condition=CONDITIONS,
    limit=st.sampled_from([None, 1, 2]),
    forward=st.booleans(),
)
def test_a_query_finds_what_its_condition_holds_for_in_order_page_by_page(
    fresh_table, sorts, condition, limit, forward
):
    database = fresh_table.client("dynamodb")
    for item in fresh_table.items():
        database.delete_item(TableName=TABLE, Key=item)
    for sort in sorts:
        database.put_item(TableName=TABLE, Item={"pk": {"S": "p"}, "sk": {"S": sort}})
    text, *operands = condition
    values = {f":{name}": {"S": operand} for name, operand in zip("ab", operands, strict=False)}
    found = pages(
        database,
        KeyConditionExpression=f"pk = :p AND {text}",
        ExpressionAttributeValues={":p": {"S": "p"}, **values},
        ScanIndexForward=forward,
        **({} if limit is None else {"Limit": limit}),
    )
    wanted = sorted((sort for sort in sorts if HOLDS[text](sort, *operands)), reverse=not forward)
    assert [item["sk"]["S"] for item in found] == wanted


MOVES = st.lists(
    st.tuples(
        st.sampled_from(["put", "update", "remove", "delete", "transaction", "failed transaction"]),
        st.sampled_from("abc"),
        st.sampled_from("12"),
        st.integers(0, 9),
    ),
    max_size=12,
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(moves=MOVES)
def test_the_index_holds_what_the_items_say_after_any_writes(fresh_table, moves):
    database = fresh_table.client("dynamodb")
    for item in fresh_table.items():
        database.delete_item(TableName=TABLE, Key={name: item[name] for name in ("pk", "sk")})
    for how, name, shard, at in moves:
        write(
            database, how, {"pk": {"S": name}, "sk": {"S": "x"}}, {"due_shard": {"S": shard}, "due_at": {"N": str(at)}}
        )
    plain = TypeDeserializer().deserialize
    wanted = sorted(
        (plain(item["due_shard"]), plain(item["due_at"]), plain(item["pk"]))
        for item in fresh_table.items()
        if "due_shard" in item
    )
    found = [
        (plain(item["due_shard"]), plain(item["due_at"]), plain(item["pk"]))
        for shard in "12"
        for item in pages(
            database,
            IndexName="due",
            KeyConditionExpression="due_shard = :s AND due_at <= :t",
            ExpressionAttributeValues={":s": {"S": shard}, ":t": {"N": "9"}},
            Limit=2,
        )
    ]
    assert found == wanted


def write(database, how, where, due):
    values = {":s": due["due_shard"], ":t": due["due_at"]}
    change = {"UpdateExpression": "SET due_shard = :s, due_at = :t", "ExpressionAttributeValues": values}
    update = {"Update": {"TableName": TABLE, "Key": where, **change}}
    never = {
        "ConditionCheck": {
            "TableName": TABLE,
            "Key": {**where, "sk": {"S": "y"}},
            "ConditionExpression": "attribute_exists(pk)",
        }
    }
    match how:
        case "put":
            database.put_item(TableName=TABLE, Item={**where, **due})
        case "update":
            database.update_item(TableName=TABLE, Key=where, **change)
        case "remove":
            database.update_item(TableName=TABLE, Key=where, UpdateExpression="REMOVE due_shard, due_at")
        case "delete":
            database.delete_item(TableName=TABLE, Key=where)
        case "transaction":
            database.transact_write_items(TransactItems=[update])
        case "failed transaction":
            try:
                database.transact_write_items(TransactItems=[update, never])
            except database.exceptions.TransactionCanceledException:
                return
