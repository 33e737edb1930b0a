<?php
/* The rules and values that record.php asks about: families of rules, each with the values that lie on its edges. */

/** Values that every family is asked about. */
const COMMON = [null, '', ' ', "\t\n", '0', '1', 'abc', '12', '-1', '1.5', 'true', 'ümläut', "\u{1F600}", 'a b', "abc\n"];

/** Yields [list of rules, data] where data holds the value under v, or nothing. */
function triples(): iterable
{
    foreach (families() as [$lists, $values]) {
        foreach ($lists as $rules) {
            $rules = is_array($rules) ? $rules : [$rules];
            yield [$rules, []];
            foreach ([...COMMON, ...$values] as $value) {
                yield [$rules, ['v' => $value]];
            }
        }
    }
}

function families(): array
{
    $numbers = ['00', '01', '10', '+5', '-0', '+0', ' 7', '7 ', ' 7 ', "\n7\n", '1e3', '1E3', '1e-3', '.5', '5.', '.', '-', '+', 'e5', '1e', '0x1F',
        '1_000', '1,000', '1 000', '012', '--1', '9223372036854775807', '9223372036854775808', '-9223372036854775808',
        '-9223372036854775809', '99999999999999999999999', '1.0', '1.50', '-1.5', 'INF', 'NAN', '12abc', "12\0", "\u{0661}", '٣', '½'];
    $lengths = ['a', 'ab', 'abcd', 'abcde', 'abcdefgh', 'abcdefghi', str_repeat('x', 19), str_repeat('x', 20), str_repeat('x', 21),
        str_repeat('ü', 20), str_repeat('ü', 21), str_repeat("\u{1F600}", 3), '7778', '25565', '1023', '1024', '65535', '65536', '3', '8', '9', '20',
        '21', '1e1', '1e2', '0.1', '100', '101', ' 5 ', "e\u{0301}", "\u{1F468}\u{200D}\u{1F469}"];
    $words = ['a', 'B', 'z', 'A', 'true', 'false', 'True', 'TRUE', '0', '00', '1', '01', '1.0', '1e0', ' 1', '1 ', '10', '1e1', 'peaceful', 'Peaceful', ' b',
        'b', 'x,y', 'x', 'y', '"', '-1', '-01', '1.20', '1.2', '1.20.1', 'null'];
    $jars = ['server.jar', 'server.JAR', 'a b.jar', '.jar', 'server.jar.exe', "server.jar\n", '../x.jar', 'x/y.jar', 'paper-1.20_1.jar', 'sérver.jar',
        'server.xml', '1.2.3', '12-34', 'aA0', 'a_b', '405100', '40510', '76561198000000000', '1 2 3', "1\n2", 'truefalse', 'falsetrue', 'True', 'tf2classic',
        str_repeat('w', 20), str_repeat('w', 21), '12345', '123456789', 'a-b', 'ö', 'A', 'b', 'xaby', '+', 'ab', 'abab', 'aa', 'foobar', 'barfoo', '(', '|',
        'a|b', "a\r\nb", "line\nabc\nend", "\u{00A0}", "\v", '7', 'é', "e\u{0301}", '日本', 'ABC', 'aBc'];
    $urls = ['https://x.y/z', 'http://localhost:8080', 'ftp://x.y', 'example.com', 'foo://x', 'https://a b', 'https://a', 'https://ab', 'http://1.2.3.4',
        'http://1.2.3.4:80/x?y=z#w', 'http://[::1]', 'http://[::1]:80/', 'http://[1:2:3:4:5:6:7:8]', 'http://[1::]', 'http://[::ffff:1.2.3.4]', 'http://[x]',
        'http://u@h.de', 'http://u:p@h.de', 'http://u:@h.de', 'http://@h.de', 'HTTP://EXAMPLE.COM', 'https://exa_mple.com', 'https://-a.com', 'https://a-.com',
        'https://a.b.', 'https://a..b', 'https://ümläut.de', 'https://xn--mlut-0ra.de', 'https://a.xn--p1ai', 'https://x.y/ä/%20?q=ü#f', 'https://x.y/%zz',
        'https://x.y/a b', 'https://x.y?', 'https://x.y#', 'https://x.y/?a[]=1', 'https://x.y/a[1]', 'https://x.y:', 'https://x.y:99999', 'mailto:a@b.c',
        'javascript://x.y', 'ts3server://x.y', 'steam://run/1', '//x.y', 'https:///x', 'https://', " https://x.y", "https://x.y\n", "https://x.y ", 'http://x.y//z',
        'https://discord.com/api/webhooks/1/abc-_', 'https://github.com/a/b.git', 'git+ssh://x.y', 'https://x.y|z', 'https://x.y/"', 'https://x.y/<a>',
        "https://\u{1F600}.de", 'https://x.1', 'https://1', 'https://a.b-c', 'https://e_', 'https://_', 'http://256.1.1.1'];
    $addresses = ['1.2.3.4', '01.2.3.4', '1.2.3', '1.2.3.4.5', '256.1.1.1', '255.255.255.255', '0.0.0.0', '1.2.3.4 ', ' 1.2.3.4', "1.2.3.4\n", '1.2.3.-4', '::', '::1',
        '1::', '1:2:3:4:5:6:7:8', '1:2:3:4:5:6:7', '1:2:3:4:5:6:7:8:9', '1::8', '1:2:3:4:5:6:7::', '::2:3:4:5:6:7:8', '1:2:3:4::5:6:7:8', '1::2::3', ':1', '1:', ':::', 'g::1',
        '12345::1', '::ffff:1.2.3.4', '::1.2.3.4', '1.2.3.4::', '1:2:3:4:5:6:1.2.3.4', '1:2:3:4:5:6:7:1.2.3.4', 'fe80::1%eth0', '[::1]', 'host', 'localhost', 'AA-BB-CC-DD-EE-FF',
        'aa:bb:cc:dd:ee:ff', 'aabb.ccdd.eeff', 'aabbccddeeff', 'aa:bb-cc:dd:ee:ff', 'aa:bb:cc:dd:ee', 'aa:bb:cc:dd:ee:fg', ' aa:bb:cc:dd:ee:ff '];
    $mails = ['a@b', 'a@b.c', 'a.b@c.d', '.a@b.c', 'a.@b.c', 'a..b@c.d', 'a@b..c', 'a@.b', 'a@b.', 'a@-b.c', 'a@b-.c', 'a@b_c.d', '"a b"@c.d', '"a"b@c.d', 'a@[127.0.0.1]',
        'a@[', 'ü@b.c', 'a@ü.de', 'a b@c.d', ' a@b.c', 'a@b.c ', 'a@b.c@d', '@b.c', 'a@', 'a+b@c.d', "o'r@c.d", 'a\\b@c.d', 'a,b@c.d', 'a@b,c', 'a@b/c', 'a@1.2.3.4',
        'a@localhost', '""@b.c', '"@b.c', 'a@b--c.de', 'a@_b.c', '日本@日本.jp', "a@b.c\n", "a\n@b.c", 'a@b+c.d'];
    return [
        [['required', 'present', 'filled', 'nullable', 'string', 'sometimes', 'bail', 'missing', 'prohibited', 'accepted', 'declined',
            ['required', 'string'], ['required', 'nullable', 'string'], ['nullable', 'string'], ['nullable:string'], ['Nullable', 'string'], ['NULLABLE', 'string'],
            ['required', 'string', ''], ['present', 'string'], ['sometimes', 'required'], ['filled', 'string'], ['REQUIRED', 'string'], [' required ', 'string'],
            ['string', 'required', 'numeric'], ['bail', 'numeric', 'max:3'], ['nullable', 'required'], ['present', 'nullable', 'numeric'], ['', ''], []],
            ['yes', 'on', 'no', 'off', 'Yes', 'false', "\0", "\u{00A0}", "\u{3000}", "\f"]],
        [['numeric', 'integer', 'int', 'Integer', 'INTEGER', 'boolean', 'bool', 'Bool', ['required', 'integer'], ['nullable', 'numeric'], ['required', 'boolean'],
            'digits:2', 'digits:3', 'digits_between:1,3', 'digits_between:1,5', 'digits-between:2,4', 'digitsBetween:1,10', 'min_digits:2', 'max_digits:3', 'decimal:1', 'decimal:0,2',
            'multiple_of:5', 'multiple_of:0.5', 'gt:0', 'gt:-1', 'gte:1', 'lt:10', 'lte:1.5', ['numeric', 'gt:0'], ['integer', 'digits_between:1,2'], ['string', 'integer'],
            ['string', 'numeric', 'max:16'], 'numeric:strict', 'boolean:strict', 'integer:strict', ['decimal:0,2', 'max:5']], $numbers],
        [['max:3', 'max:8', 'max:20', 'min:3', 'min:0', 'min:-3', 'size:3', 'size:20', 'between:3,8', 'between:1024,65535', 'between:-1,255', 'between:0.1,64',
            ['numeric', 'max:8'], ['numeric', 'min:3'], ['numeric', 'size:8'], ['numeric', 'between:1,20'], ['integer', 'between:1024,65535'], ['integer', 'between:-1,255'],
            ['numeric', 'between:0.1,64'], ['string', 'integer', 'max:16'], ['required', 'string', 'max:20'], ['nullable', 'string', 'max:5'], ['string', 'between:3,15'],
            ['max:8', 'numeric'], ['int', 'max:100'], ['INTEGER', 'max:8'], ['Numeric', 'max:8'], 'max:1e1', 'max: 8', 'max:8 ', 'max:2.5', 'gt:3', 'lte:8', ['string', 'gt:3'],
            ['required', 'numeric', 'max:76561202255233023'], ['bail', 'string', 'min:3', 'max:8']], $lengths],
        [['in:true,false', 'in:1', 'in:0,1', 'in:peaceful,easy', 'in:a, b', 'in:,x', 'in:"x,y",z', 'in: x', 'in:1.20,1.20.1', 'in:10,20', 'in:-1,1', 'in:A,b', 'in:x,"y"', 'in:x, "y"',
            'in:0,1,2,3,-1,-2,-3', 'not_in:a,b', 'not_in:1', 'notIn:1', 'not-in:true', ['required', 'in:true,false'], ['nullable', 'in:0,1'], ['required', 'string', 'in:,beta'],
            'starts_with:a', 'starts_with:a,T', 'ends_with:e', 'ends_with:==,e', 'ends_with:0,1', 'doesnt_start_with:a,t', 'doesnt_end_with:e', 'lowercase', 'uppercase', 'starts_with:',
            ['string', 'size:2', 'ends_with:=='], 'in:1e1', 'in:null'], [...$words, 'a==', '==', 'ß', 'É', 'é', 'ΑΣ', 'ας']],
        [['regex:/^([\w\d._-]+)(\.jar)$/', 'regex:/^[\w.-]*$/', 'regex:/^(\w{1,20})$/', 'regex:/^[0-9\.\-]+$/', 'regex:/^[a-zA-Z0-9]*$/', 'regex:/^([\w\d._-]+)(\.xml)$/',
            'regex:/^([a-zA-Z0-9.\-_]+)$/', 'regex:/^[a-zA-Z0-9_]+$/', 'regex:/^(405100)$/', 'regex:/^(?:true)?(?:false)?\b/', 'regex:/^([0-9_\.-]{5,8})$/', 'regex:/^[0-9\s]+$/',
            'regex:/^[A-Za-z0-9\-_ ]+$/', 'regex:/^\d{17}$/', 'not_regex:/^\d+$/', 'notRegex:/a/', 'regex:([a-z]+$)', 'regex:{^[a-z]+$}', 'regex:<^a>', 'regex:[^a]', 'regex:#^a#i', 'regex:~^a~',
            'regex:/^abc$/i', 'regex:/^abc$/m', 'regex:/a.b/s', 'regex:/a.b/', 'regex:/^ a b c $/x', 'regex:/^abc$/D', 'regex:/b/A', 'regex:/^.{1,3}$/', 'regex:/^.{1,3}$/u', 'regex:/^\w+$/u',
            'regex:/^\p{L}+$/u', 'regex:/^\p{L}+$/', 'regex:/^\pL\pL$/u', 'regex:/^[^\s]+$/', 'regex:/^\s*$/', 'regex:/^\S+\s\S+$/', 'regex:/(?i)ABC/', 'regex:/^(a|b)+$/', 'regex:/(a)\1/', 'regex:/^(ab)\1$/',
            'regex:/^(?=.*b)a/', 'regex:/^(?!foo)\w+$/', 'regex:/(?<=foo)bar/', 'regex:/(?<!foo)bar/', 'regex:/^a++b/', 'regex:/^a++ab/', 'regex:/^(?>a+)b/', 'regex:/\Aabc\z/', 'regex:/\Aabc\Z/', 'regex:/^[[:alpha:]]+$/',
            'regex:/^[[:^digit:]]+$/', 'regex:/\x61/', 'regex:/\x{e9}/u', 'regex:/é/', 'regex:/É/i', 'regex:/É/iu', 'regex:/[é]/', 'regex:/^[é]$/u', 'regex:/^[^a]+$/i', 'regex:/\h/', 'regex:/\R/', 'regex:/^\N+$/',
            'regex:/a{,2}/', 'regex:/^a{2}$/', 'regex:/a{2,1}/', 'regex:/[z-a]/', 'regex:/[a-\d]/', 'regex:/[\w-]+$/', 'regex:/[]a]/', 'regex:/[^]a]/', 'regex:/(/', 'regex:/)/', 'regex:/*/', 'regex:abc', 'regex:^abc$',
            'regex:/abc', 'regex:/abc/Q', 'regex:', 'regex:/\Q|\E/', 'regex:/^(?<x>a)\k<x>/', 'regex:/^(?P<x>a)(?P=x)/', 'regex:/(?#note)abc/', 'regex:/a\/b|7/', 'regex:/\bab/', 'regex:/\Bb/', 'regex:/^$/', 'regex://',
            'regex:/[\b]/', 'regex:/[[:foo:]]/', 'regex:/\y/', 'regex:/(?<n>a)(?<n>b)/', 'regex:/^(a+)+$/', 'regex:/^[\w\-\.]+$/', ['required', 'regex:/^[a-z]+$/'], ['required', 'string', 'regex:/^(a|b)$/'], 'not_regex:/(a|b)/',
            'not_regex:abc', 'regex:/^(?i:a)B/', 'regex:/a(?-i)B/i', 'regex:/^.$/', 'regex:/^.$/u', 'regex:/^\X$/u', 'regex:/[\d-z]/', 'regex:/^a?+a/', 'regex:/^(?:a|ab)(?:c|b)?$/'], $jars],
        [['alpha', 'alpha_num', 'alpha_dash', 'alpha-dash', 'alphaDash', 'AlphaDash', 'alpha:ascii', 'alpha_num:ascii', 'alpha_dash:ascii', 'ascii', ['required', 'alpha_dash', 'max:5']],
            ['a_b', 'a-b', 'ümläut-1', '日本', "e\u{0301}", 'a.b', 'ABC', 'a1', '½', '٣', "a\u{00A0}b", '~', "\x7f", "\x0b", "a\tb", '²', 'Ⅷ']],
        [['url', 'url:http,https', ['required', 'url'], ['nullable', 'url']], $urls],
        [['ip', 'ipv4', 'ipv6', 'mac_address', ['required', 'ip']], $addresses],
        [['email', ['required', 'email'], 'email:rfc'], $mails],
        [['json'], ['{}', '[]', '{"a":1}', '{a:1}', "{'a':1}", '[1,]', 'null', '"x"', 'x', '{"a":1} ', '{}{}', '01', '-', '1e5', '.5', '[1 2]', '"\ud800"', "\"a\nb\"", '{"a":1,"a":2}', 'NaN', '//x', '"\x"', '-0', '1.']],
        [['uuid', 'hex_color', 'timezone'], ['9d1a0c52-6a0e-4f5e-a4f1-7f1b1c2d3e4f', '9D1A0C52-6A0E-4F5E-A4F1-7F1B1C2D3E4F', '9d1a0c526a0e4f5ea4f17f1b1c2d3e4f', "9d1a0c52-6a0e-4f5e-a4f1-7f1b1c2d3e4f\n",
            '{9d1a0c52-6a0e-4f5e-a4f1-7f1b1c2d3e4f}', '00000000-0000-0000-0000-000000000000', '#fff', '#ffff', '#fffff', '#ffffff', '#FFFFFFFF', '#ggg', 'fff', '#f', 'Europe/Berlin', 'UTC', 'europe/berlin', 'Mars/Base',
            'America/New_York', 'GMT+1', 'EST', 'Europe/', 'Asia/Tokyo']],
        [['foo', ['required', 'foo'], ['string', 'b)$/'], ['nullable', 'foo'], 'max', 'max:', 'max:abc', 'between:1', 'between:a,b', 'digits', 'digits:', 'regex', 'in', 'not_in', 'gt', 'size:x', 'min: ', 'starts_with', 'array', 'file',
            ['foo', 'required'], 'in:'], []],
    ];
}
